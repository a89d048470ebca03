/** A part of a long list: every `count`th item, beginning with number `index`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `I/N`, where I counts as its remainder by N, so that a counter can say which part is due. @throws TypeError */
export function parseShard(text: string): Shard {
  const [, index, count] = /^([0-9]{1,9})\/([1-9][0-9]{0,3})$/.exec(text) ?? [];
  if (index === undefined || count === undefined) throw new TypeError('--shard takes I/N, two whole numbers');
  return { index: Number(index) % Number(count), count: Number(count) };
}

/** Whether the item of a place belongs to a part; each does if there is no part. */
export function inShard(shard: Shard | undefined, place: number): boolean {
  return shard === undefined || place % shard.count === shard.index;
}
