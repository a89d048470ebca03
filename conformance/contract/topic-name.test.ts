import { describe, expect, it } from 'vitest';
import { topicMeant, topicsMeant } from './topic-name.ts';

describe('the topic that is meant', () => {
  const names = ['a/packet', 'a/token', 'b/packet', 'kernel'];

  it.each([
    ['a/packet', 'a/packet'],
    ['kernel', 'kernel'],
    ['token', 'a/token'],
    ['packet', undefined],
    ['oken', undefined],
    ['', undefined],
    ['x/token', undefined],
  ])('%o is %o', (word, name) => {
    expect(topicMeant(word, names)).toBe(name);
  });

  it('is told, or those that there are', () => {
    expect(topicsMeant(['token', 'b/packet'], names)).toEqual(['a/token', 'b/packet']);
    expect(() => topicsMeant(['token', 'packet'], names)).toThrow("no topic 'packet'; there are: a/packet, a/token, b/packet, kernel");
  });
});
