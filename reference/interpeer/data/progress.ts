/**
 * The bitmap of DATA_PROGRESS: its first bit, the highest of the first byte, stands for the number after the next
 * expected one, which is missing by definition.
 */
import type { Progress } from './data-sender.ts';
import { aheadOf, plus } from './serial.ts';

/**
 * Writes which later numbers came.
 * @param progress numbers at most 256 ahead of the next
 * @returns as few bytes as hold the last of them, 0 to 32
 * @see IPR-DAT-048
 */
export function encodeBitmap({ next, later }: Progress): Uint8Array {
  const places = later.map((number) => aheadOf(number, next) - 1); // IPR-DAT-048
  const bitmap = new Uint8Array(Math.ceil(((places.at(-1) ?? -1) + 1) / 8));
  for (const place of places) bitmap[place >> 3] = (bitmap[place >> 3] ?? 0) | (0x80 >> (place & 7));
  return bitmap;
}

/**
 * Reads which later numbers came.
 * @returns in rising order
 * @see IPR-DAT-048
 */
export function decodeBitmap(next: number, bitmap: Uint8Array): number[] {
  const later: number[] = [];
  for (let place = 0; place < 8 * bitmap.length; place++) {
    if (((bitmap[place >> 3] ?? 0) & (0x80 >> (place & 7))) !== 0) later.push(plus(next, place + 1)); // IPR-DAT-048
  }
  return later;
}
