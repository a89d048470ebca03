/**
 * The topic that somebody means: `area/topic`, or the topic alone where no other area has one of that name.
 *
 * @returns undefined if there is none, or several
 */
export function topicMeant(word: string, names: readonly string[]): string | undefined {
  if (names.includes(word)) return word;
  const [first, ...others] = names.filter((name) => name.endsWith(`/${word}`));
  return others.length === 0 ? first : undefined;
}

/**
 * The topics that the words of a command line mean.
 *
 * @throws TypeError that names a word without a topic, and the topics that there are
 */
export function topicsMeant(words: readonly string[], names: readonly string[]): string[] {
  return words.map((word) => {
    const name = topicMeant(word, names);
    if (name === undefined) throw new TypeError(`no topic '${word}'; there are: ${names.join(', ')}`);
    return name;
  });
}
