/**
 * Files that a command will write, tried before it begins: nobody should wait minutes to learn that a folder is missing.
 * Text is first written to a temporary file in the same folder, so that a full disk leaves no incomplete report.
 */
import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { didYouMean } from './nearest.ts';
import { complain } from './output.ts';
import { UsageFault } from './suite.ts';

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: { readonly [code: string]: string } = {
    EACCES: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOENT: 'no such file or folder',
    ENOTDIR: 'part of the path is a file, not a folder',
    EISDIR: 'it is a folder',
    ENOSPC: 'no space is left',
    ENAMETOOLONG: 'the name is too long',
  };
  return (code === undefined ? undefined : known[code]) ?? message;
}

/** Reads a text file that the user named. @throws UsageFault saying which option named it and why it cannot be read */
export function readNamed(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageFault(`${option} ${file}: cannot be read, ${reasonOf(error)}.${nearby(file)}`);
  }
}

/** ` Did you mean 'x'?` where the folder of a file that is missing has another with a similar name. */
function nearby(file: string): string {
  if (existsSync(file)) return '';
  const folder = dirname(file);
  const names = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
  return didYouMean(
    file,
    names.map((name) => join(folder, name)),
  );
}

/** Creates a folder, and checks that files can be created in it. @throws UsageFault naming the option */
export function requireFolder(option: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UsageFault(`${option} ${folder}: cannot be written, ${reasonOf(error)}`);
  }
}

/** Checks that a file can be written, without changing it. @throws UsageFault naming the option */
export function requireWritable(option: string, file: string): void {
  requireFolder(`${option} ${file}: its folder`, dirname(resolve(file)));
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) throw new UsageFault(`${option} ${file}: cannot be written, it is a folder`);
  try {
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw new UsageFault(`${option} ${file}: cannot be written, ${reasonOf(error)}`);
  }
}

/**
 * Writes a file completely or not at all; a failure must not keep other files from being written.
 * @returns false, after saying so, if it cannot be written
 */
export function writeWhole(file: string, text: string): boolean {
  const temporary = join(dirname(file), `.${basename(file)}.${String(process.pid)}`);
  try {
    mkdirSync(dirname(file), { recursive: true });
    // There can be no temporary file for a pipe or a device.
    if (existsSync(file) && !statSync(file).isFile()) writeFileSync(file, text);
    else {
      writeFileSync(temporary, text);
      renameSync(temporary, file);
    }
    return true;
  } catch (error) {
    rmSync(temporary, { force: true });
    complain(`bottlepost: ${file} could not be written: ${reasonOf(error)}\n`);
    return false;
  }
}

/**
 * Appends to a file that a CI system keeps for all the steps of a job.
 * @returns false, after saying so, if it cannot be written
 */
export function append(file: string, text: string): boolean {
  try {
    appendFileSync(file, text);
    return true;
  } catch (error) {
    complain(`bottlepost: ${file} could not be written: ${reasonOf(error)}\n`);
    return false;
  }
}
