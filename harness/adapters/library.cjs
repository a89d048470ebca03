/** Loads the library that an adapter wraps. Where it is not installed, one line says how to get it, and the adapter ends. */
'use strict';
const { dependencies, devDependencies } = require('../../package.json');

module.exports = (name) => {
  try {
    return require(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND' || !error.message.includes(`'${name}'`)) throw error;
    process.stderr.write(`${name} is not installed: npm install ${name}@${{ ...devDependencies, ...dependencies }[name]}\n`);
    return process.exit(1);
  }
};
