/**
 * Where e3x-js is: in the folder that E3X_JS_DIR names, else in the one that `bottlepost setup e3x-js` makes, else in the
 * current one. It is no dependency of this project, since its own dependencies are repositories and not packages.
 */
'use strict';
const { createRequire } = require('node:module');
const { join } = require('node:path');

/** The folder that `bottlepost setup e3x-js` makes. */
const folder = () => join(process.cwd(), '.libraries', 'e3x-js');
/** What there is to do where e3x-js is not installed. */
const MISSING = "'npx bottlepost setup e3x-js' installs it";

/** A `require` that stands where e3x-js is installed, or undefined. A folder that is named is the only one that is tried. */
function fromThere() {
  const named = process.env.E3X_JS_DIR;
  for (const at of named === undefined ? [folder(), process.cwd()] : [named]) {
    const from = createRequire(join(at, 'package.json'));
    try {
      from.resolve('e3x');
      return from;
    } catch {
      continue;
    }
  }
  return undefined;
}

module.exports = { folder, MISSING, fromThere };
