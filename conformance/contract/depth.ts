/** How deeply a JSON text nests, determined from the text alone. */

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Levels of objects and lists in one message (ADP-043): more than any value of a specification needs, fewer than overflow a stack. */
export const DEPTH_MAX = 256;

/**
 * True if the text nests objects and lists deeper than `levels`. It examines the text before it is parsed: code that walks a
 * value calls itself once per level, and would overflow the stack.
 */
export function isDeeper(text: string, levels: number = DEPTH_MAX): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > levels) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return false;
}
