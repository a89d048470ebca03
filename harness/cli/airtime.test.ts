import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../conformance/contract/paths.ts';
import { airtimeBySheet } from '../../conformance/nexus/lora/confirm.ts';
import {
  accessTimingOf,
  chunkLimitsOf,
  CONTENT_OVERHEAD,
  ENVELOPE_OVERHEAD,
  LORA_PRESETS,
  LimitError,
  loraAirtimeUs,
  loraPreset,
} from '../../reference/index.ts';
import { CommandLine } from '../testing/cli.ts';
import { frameLengthsOf, framesUs, packetLengthsOf, radiosOf } from './airtime.ts';

const root = packageRoot();
const page = readFileSync(join(root, 'docs/guides/lora.md'), 'utf8');
const radios = [...radiosOf({ preset: [] }), { name: 'SF10/125', spreadingFactor: 10, bandwidthHz: 125_000, codingRate: 5 }];

/** A table of a page, without the white space that aligns its columns. */
function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
function onPage(name: string): string {
  const [, found = ''] = new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)<!-- end -->`).exec(page) ?? [];
  return found.trim().replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
}
const seconds = (us: number): string => (us / 1e6).toFixed(2);
const grouped = (value: number): string => value.toLocaleString('en');

describe('the tables of docs/guides/lora.md', () => {
  it('NXS-AIR-003 of one frame', () => {
    const lengths = [1, 20, 51, 100, 154, 222, 255];
    const rows = radios.map(({ name, ...radio }) => [name, ...lengths.map((length) => seconds(framesUs([length], radio)))]);
    expect(onPage('frames')).toBe(table(['preset', ...lengths.map(String)], rows));
  });
  it('NXS-FRM-007 of data in packets', () => {
    const bytes = [1, 100, 160, 465, 1024, 4096];
    const rows = radios.map(({ name, ...radio }) => [
      name,
      ...bytes.map((count) => seconds(framesUs(frameLengthsOf(packetLengthsOf(count)), radio))),
    ]);
    expect(onPage('data')).toBe(table(['preset', ...bytes.map(grouped)], rows));
  });
  it('NXS-CNT-013 of what sealing adds', () => {
    const two = radios.filter(({ name }) => ['SF10/125', 'LongFast'].includes(name)).reverse();
    const row = (what: string, bytes: number, packets: readonly number[]): string[] => [
      what,
      grouped(bytes),
      ...two.map(({ name: _, ...radio }) => seconds(framesUs(frameLengthsOf(packets), radio))),
    ];
    const bare = (what: string, bytes: number): string[] => row(what, bytes, packetLengthsOf(bytes));
    const inEnvelope = (body: number): number => body + ENVELOPE_OVERHEAD + CONTENT_OVERHEAD;
    // Record 6, recipients 18, custody 4, age 4, header 53, kind of payload 1; each packet 19, counter and tag 20, fragment 4.
    const put = (what: string, body: number): string[] => {
      const bytes = 86 + inEnvelope(body);
      const fragments = Array.from({ length: Math.ceil(bytes / 441) }, (_, i) => Math.min(441, bytes - 441 * i));
      const packets = bytes <= 445 ? [39 + bytes] : fragments.map((length) => 43 + length);
      return row(what, bytes, packets);
    };
    expect(onPage('sealed')).toBe(
      table(
        ['what is sent', 'bytes', 'SF10/125', 'LongFast'],
        [
          bare('bare text of 1,024', 1024),
          bare('with an envelope, 48', 1072),
          bare('with 80', 1104),
          bare('with 144', 1168),
          bare('signed and sealed, 170', inEnvelope(1024)),
          bare('signed text of 160, sealed', inEnvelope(160)),
          put('PUT of a signed text of 1,024', 1024),
          put('PUT of a signed text of 160', 160),
        ],
      ),
    );
  });
  it('NXS-BKO-004 of the time to wait for a channel', () => {
    const rows = radios.map(({ name, ...radio }) => {
      const { slotMs, stepMs } = accessTimingOf({ ...radio, chip: 'sx127x', preambleSymbols: 8 });
      return [name, ...[slotMs, 128 * slotMs, stepMs, 15 * stepMs].map(grouped)];
    });
    expect(onPage('access')).toBe(table(['preset', 'slot', 'longest back-off', 'step', 'longest delay'], rows));
  });
  it('NXS-CHL-002 of what the dwell time leaves', () => {
    const left = (spreadingFactor: number, bandwidthHz: number): string => {
      try {
        const link = { region: 'US915', payload: 'phy', form: 1, spreadingFactor, bandwidthHz, codingRate: 5, preambleSymbols: 8 } as const;
        return String(chunkLimitsOf(link).frameLength);
      } catch (error) {
        if (error instanceof LimitError) return 'none';
        throw error;
      }
    };
    const factors = [7, 8, 9, 10, 11, 12];
    const rows = [125, 250, 500].map((khz) => [`${String(khz)} kHz`, ...factors.map((sf) => left(sf, 1000 * khz))]);
    expect(onPage('dwell')).toBe(table(['bandwidth', ...factors.map((sf) => `SF ${String(sf)}`)], rows));
  });
});

describe('bottlepost airtime', () => {
  const line = new CommandLine();
  afterAll(() => line.remove());
  it('prints the numbers of the guide: 9.88 s at SF10/125, 8.98 s at LongFast', async () => {
    const given = await line.here('airtime', '--sf', '10', '--bw', '125', '1024');
    expect(given.out).toMatch(/3 packets of 484, 484, 113\sbytes,\s5\sLoRa\sframes;/);
    expect(given.out).toMatch(/10\/125\/4:5 +976 +9\.88 +27\.4 % +2\.7 %/);
    const { out, code } = await line.here('airtime', '--preset', 'LongFast', '1024');
    expect(code).toBe(0);
    expect(out).toMatch(/LongFast +11\/250\/4:5 +1074 +8\.98 +24\.9 % +2\.5 %/);
  });
  it('takes any bandwidth in decimal digits', async () => {
    expect((await line.here('airtime', '--bw', '16.1', '100')).out).toContain('11/16.1/4:5');
    for (const bw of ['0x7d', '1e2', '-125', '125.', ' 125']) expect((await line.here('airtime', '--bw', bw, '100')).code, bw).toBe(2);
  });
  it('lists every preset, within 80 columns', async () => {
    const { out } = await line.here('airtime', '20');
    for (const preset of LORA_PRESETS) expect(out).toContain(preset);
    expect(out.split('\n').every((text) => text.length <= 80)).toBe(true);
  });
  it('says which presets there are', async () => {
    const { err, code } = await line.here('airtime', '--preset', 'longfast', '20');
    expect(code).toBe(2);
    expect(err).toContain("no preset 'longfast'. There are: ShortTurbo,");
    expect((await line.here('airtime', '--sf', '13', '20')).code).toBe(2);
  });
});

describe('time on air', () => {
  it('NXS-AIR-003 is what the data sheet says, over the whole grid', () => {
    const differing: string[] = [];
    for (const chip of ['sx126x', 'sx127x'] as const)
      for (let spreadingFactor = 5; spreadingFactor <= 12; spreadingFactor++)
        for (const bandwidthHz of [7_800, 10_420, 15_600, 20_800, 31_250, 41_670, 62_500, 125_000, 250_000, 500_000])
          for (const codingRate of [5, 8])
            for (const implicitHeader of [false, true])
              for (const crc of [false, true])
                for (const lowDataRateOptimize of [false, true])
                  for (let payloadLength = 0; payloadLength <= 255; payloadLength += 5) {
                    const sent = { chip, spreadingFactor, bandwidthHz, codingRate, preambleSymbols: 8, payloadLength, implicitHeader, crc };
                    const exact = airtimeBySheet({ ...sent, lowDataRateOptimize });
                    if (loraAirtimeUs({ ...sent, lowDataRateOptimize }) !== Math.ceil(exact - 1e-6)) differing.push(JSON.stringify(sent));
                  }
    expect(differing).toEqual([]);
  });
  it('NXS-AIR-009 has presets with distinct rates', () => {
    expect(new Set(LORA_PRESETS.map((name) => loraPreset(name).bitsPerSecond)).size).toBe(LORA_PRESETS.length);
  });
});
