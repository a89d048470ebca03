/** The cases of chunks over LoRa: what each radio and region leaves, at the edge, one below and one above. */
import type { JsonObject } from '../../contract/contract.ts';
import type { Batch } from '../../generate/batch.ts';
import { seededBytes } from '../../generate/seeded.ts';
import { toHex } from '../../oracle/values.ts';

export function limitCases(batch: Batch): void {
  const add = (name: string, title: string, changes: JsonObject, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'limit',
      operation: 'nexus.lora.limits',
      params: {
        region: 'EU868',
        payload: 'phy',
        form: 1,
        spreadingFactor: 7,
        bandwidthHz: 125_000,
        codingRate: 5,
        preambleSymbols: 8,
        ...changes,
      },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const payload of ['phy', 'lorawan-222', 'lorawan-51'])
    for (const form of [1, 2]) add(`${payload}-form-${String(form)}`, `${payload}, form ${String(form)}`, { payload, form }, 'NXS-CHL-001');
  for (const form of [1, 2]) add(`packet-form-${String(form)}`, `packets of form ${String(form)}`, { form }, 'NXS-CHL-003');
  for (const spreadingFactor of [7, 8, 9, 10, 11, 12])
    for (const bandwidthHz of [62_500, 125_000, 250_000, 499_999, 500_000]) {
      const isNone =
        spreadingFactor >= 11
          ? bandwidthHz <= 125_000 || (spreadingFactor === 12 && bandwidthHz === 250_000)
          : spreadingFactor === 10 && bandwidthHz === 62_500;
      add(
        `us915-sf${String(spreadingFactor)}-${String(bandwidthHz)}`,
        `SF ${String(spreadingFactor)} with ${String(bandwidthHz)} Hz in US915`,
        { region: 'US915', spreadingFactor, bandwidthHz },
        'NXS-CHL-002',
        ...(isNone ? ['limit'] : []),
      );
    }
  for (const codingRate of [6, 7, 8])
    add(
      `us915-rate-${String(codingRate)}`,
      `a coding rate of 4/${String(codingRate)} in US915`,
      { region: 'US915', spreadingFactor: 9, codingRate },
      'NXS-CHL-002',
    );
  add('us915-preamble-16', 'a preamble of 16 in US915', { region: 'US915', spreadingFactor: 9, preambleSymbols: 16 }, 'NXS-CHL-002');
  const least = { region: 'US915', spreadingFactor: 8, bandwidthHz: 20_800, codingRate: 7 };
  add('us915-frame-of-2', 'a frame of a length byte and one more is left, the least there is', least, 'NXS-CHL-002');
  add('us915-frame-of-1', 'a frame of a length byte alone would be left', { ...least, preambleSymbols: 14 }, 'NXS-CHL-002', 'limit');
  add(
    'us915-lorawan-51',
    'the region allows more than the link',
    { region: 'US915', spreadingFactor: 9, payload: 'lorawan-51' },
    'NXS-CHL-002',
  );
  // 484 is 4 fragments of 121, so that the terminator needs a frame of its own in one case and not in the next.
  for (const [spreadingFactor, bandwidthHz] of [
    [7, 125_000],
    [10, 125_000],
    [11, 250_000],
    [12, 125_000],
    [12, 62_500],
  ] as const)
    for (const payload of ['phy', 'lorawan-51'])
      add(
        `assembly-sf${String(spreadingFactor)}-${String(bandwidthHz)}-${payload}`,
        `how long an assembly may take, SF ${String(spreadingFactor)} with ${String(bandwidthHz)} Hz`,
        { spreadingFactor, bandwidthHz, payload },
        'NXS-CHL-006',
      );
}

export function chunkCases(batch: Batch): void {
  const operation = 'nexus.lora.chunk';
  const add = (name: string, title: string, length: number, form: number, frameLength: number, about: string, rejects?: string): void =>
    batch.add({
      name,
      title,
      kind: 'limit',
      operation,
      params: { packet: toHex(seededBytes('nexus-chunk', length)), form, frameLength },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const [frameLength, lengths] of [
    [2, [1, 2, 3]],
    [51, [49, 50, 51, 99, 100, 101]],
    [222, [220, 221, 222]],
    [255, [253, 254, 255, 484]],
  ] as const)
    for (const length of lengths)
      add(
        `${String(length)}-by-${String(frameLength)}`,
        `${String(length)} bytes in frames of ${String(frameLength)}`,
        length,
        1,
        frameLength,
        'NXS-CHL-004',
      );
  for (const [form, most] of [
    [1, 484],
    [2, 500],
  ] as const) {
    for (const length of [most - 1, most])
      add(
        `form-${String(form)}-${String(length)}`,
        `a packet of form ${String(form)} of ${String(length)} bytes`,
        length,
        form,
        138,
        'NXS-CHL-003',
      );
    add(
      `form-${String(form)}-${String(most + 1)}`,
      `a packet of form ${String(form)}, one byte too long`,
      most + 1,
      form,
      138,
      'NXS-CHL-003',
      'limit',
    );
  }
  for (const frameLength of [2, 3, 254, 255])
    add(`frame-of-${String(frameLength)}`, `frames of ${String(frameLength)}`, 40, 1, frameLength, 'NXS-CHL-005');
  for (const frameLength of [-1, 0, 1, 256, 65_535])
    add(
      `frame-of-${String(frameLength).replace('-', 'minus-')}`,
      `frames of ${String(frameLength)}`,
      40,
      1,
      frameLength,
      'NXS-CHL-005',
      'limit',
    );
  add('empty', 'an empty packet', 0, 1, 51, 'NXS-CHL-005', 'malformed');
}
