/** The two suites of Interpeer: the one that exists, and the one whose holes are closed. */
export const SUITES = ['interpeer-0.1', 'interpeer-1'] as const;
export type Suite = (typeof SUITES)[number];

/** The name of a suite inside a vector's id. */
export const tag = (suite: Suite): string => suite.replace('interpeer-', 'v');
