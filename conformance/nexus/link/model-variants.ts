/**
 * Mistakes in the Quint models of links, one for each invariant that holds: a simulation must find that it does not hold then, or
 * nothing shows that the invariant says anything.
 */
export interface ModelVariant {
  /** The invariant that it violates. */
  readonly invariant: string;
  /** What is wrong. */
  readonly title: string;
  /** A part of the model that occurs once, and what is there instead. */
  readonly find: string;
  readonly replace: string;
}

const FORGOTTEN = { find: '      not(e.unproven),\n', replace: '' };
const OPENED = {
  find: 'else { ...r, half: room(r.half).append({ link: m.link, secret: r.drawn + 1 }), drawn: r.drawn + 1 }',
  replace:
    'else { ...r, live: r.live.union(Set({ link: m.link, secret: r.drawn + 1, answers: 0, count: 1, taken: Set() })), drawn: r.drawn + 1 }',
};
const HASTY = { find: 'isTaken(responders.get(1), 0),', replace: 'isLive(responders.get(1), 0),' };

/** By the name of the model. */
export const MODEL_VARIANTS: { readonly [model: string]: readonly ModelVariant[] } = {
  handshake: [
    {
      invariant: 'upAtBoth',
      title: 'a proof makes the link up',
      find: 'state: "identifying", secret: m.secret',
      replace: 'state: "up", secret: m.secret',
    },
    {
      invariant: 'oneSetOfKeys',
      title: 'the keys are those of the latest proof',
      find: 'live: r.live.union(Set({ link: m.link, secret: m.secret,',
      replace: 'live: r.live.union(Set({ link: m.link, secret: r.drawn,',
    },
    {
      invariant: 'upOnce',
      title: 'a link that is up stays half open',
      find: '        half: r.half.select(h => h.link != m.link),\n',
      replace: '',
    },
    {
      invariant: 'halfBounded',
      title: 'no half-open link gives way',
      find: 'if (half.length() < HALF_OPEN_COUNT) half else half.slice(1, half.length())',
      replace: 'half',
    },
    {
      invariant: 'answersBounded',
      title: 'an identification is answered without end',
      find: ' and l.answers < ANSWER_COUNT',
      replace: '',
    },
    { invariant: 'forgedOpenNothing', title: 'a request brings its link up', ...OPENED },
    { invariant: 'identifiedFirst', title: 'a request brings its link up', ...OPENED },
    {
      invariant: 'lowerStays',
      title: 'the lower one closes its own link',
      find:
        "      initiators' = initiators,\n" +
        "      responders' = responders.set(0, { ...r, live: r.live.filter(l => l.link != 1), closed: r.closed.union(Set(1)) }),\n",
      replace: '      initiators\' = initiators.setBy(0, i => { ...i, state: "closed" }),\n      responders\' = responders,\n',
    },
    { invariant: 'closedForAnother', title: 'the higher one closes its link when it has both', ...HASTY },
    { invariant: 'lowerIsHeard', title: 'the higher one closes its link when it has both', ...HASTY },
    {
      invariant: 'higherIsHeard',
      title: 'the lower one closes the other link before its own is up',
      find: 'initiators.get(0).state == "up",\n      isLive(r, 1),',
      replace: 'isLive(r, 1),',
    },
  ],
  rekey: [
    { invariant: 'agreement', title: 'old keys are forgotten before something has opened under the new ones', ...FORGOTTEN },
    {
      invariant: 'threeAtMost',
      title: 'whoever answers keeps the old keys',
      find: 'requesting: false, waiting: true, old: false,',
      replace: 'requesting: false, waiting: true,',
    },
  ],
};

/** The model with one mistake. @throws Error if the place does not occur once */
export function variantOf(model: string, { title, find, replace }: ModelVariant): string {
  const [before, after, ...more] = model.split(find);
  if (before === undefined || after === undefined || more.length > 0) throw new Error(`'${title}' has no place in its model, or several`);
  return `${before}${replace}${after}`;
}
