/** What holds for every compact JWS and JWE. */
import type { Check } from '../../contract/check.ts';
import type { Arbitraries } from '../../suites/arbitraries.ts';
import type { TopicProperties } from '../../suites/modules.ts';
import { demand, propertyChecks, type Bind } from '../../suites/property.ts';
import { hints, jwe, jws } from './arbitraries.ts';
import { joseFlows } from './cross.ts';

export const properties: TopicProperties = {
  checks: (input) => propertyChecks(input, joseProperties),
  hints,
  flows: joseFlows,
};

function joseProperties(property: Bind, make: Arbitraries): Check[] {
  const roundTrip = (form: 'jws' | 'jwe', requirement: string): Check[] => {
    const encode = `e3x.${form}.encode`;
    const decode = `e3x.${form}.decode`;
    const text = form === 'jws' ? jws(make) : jwe(make);
    return [
      property({
        name: `${encode}/round-trip`,
        requirement,
        title: `A compact ${form.toUpperCase()} mapped to its packet and back is unchanged, byte for byte`,
        operations: [encode, decode],
        arbitrary: text,
        trial: async (compact, talk) => {
          const { packet = '' } = await talk.want(encode, { [form]: compact });
          const back = await talk.want(decode, { packet });
          demand(talk, back, form, compact, requirement, 'Mapping back did not give the original compact form.');
        },
      }),
    ];
  };
  return [...roundTrip('jws', 'E3X-JOS-002'), ...roundTrip('jwe', 'E3X-JOS-006')];
}
