/** The cases of regions: each end of each band, a hertz inside and a hertz outside. */
import type { Batch } from '../../generate/batch.ts';

const OPERATION = 'nexus.lora.region';
const EU868: readonly (readonly [name: string, lowHz: number, highHz: number])[] = [
  ['865', 865_000_000, 868_600_000],
  ['868.7', 868_700_000, 869_200_000],
  ['869.4', 869_400_000, 869_650_000],
  ['869.7', 869_700_000, 870_000_000],
];
const US915: readonly (readonly [name: string, lowHz: number, highHz: number])[] = [['902', 902_000_000, 928_000_000]];

export function regionCases(batch: Batch): void {
  const add = (
    name: string,
    title: string,
    region: string,
    frequencyHz: number,
    bandwidthHz: number,
    about: string,
    rejects?: string,
  ): void =>
    batch.add({
      name,
      title,
      kind: 'boundary',
      operation: OPERATION,
      params: { region, frequencyHz, bandwidthHz },
      about,
      ...(rejects === undefined ? { accepts: true } : { rejects }),
    });
  for (const [region, bands] of [
    ['EU868', EU868],
    ['US915', US915],
  ] as const)
    for (const [name, low, high] of bands) {
      const about = region === 'EU868' ? 'NXS-REG-001' : 'NXS-REG-004';
      add(`${name}-middle`, `the middle of the band from ${name} MHz`, region, (low + high) / 2, 125_000, about);
      // 125,001 Hz: half of it is no whole number.
      for (const [width, half] of [
        [125_000, 62_500],
        [125_001, 62_501],
      ] as const) {
        add(
          `${name}-low-${String(width)}`,
          `the lowest channel of ${String(width)} Hz from ${name} MHz`,
          region,
          low + half,
          width,
          'NXS-REG-005',
        );
        add(
          `${name}-high-${String(width)}`,
          `the highest channel of ${String(width)} Hz from ${name} MHz`,
          region,
          high - half,
          width,
          'NXS-REG-005',
        );
        add(`${name}-below-${String(width)}`, 'a hertz below it', region, low + half - 1, width, 'NXS-REG-006', 'unsupported');
        add(`${name}-above-${String(width)}`, 'a hertz above it', region, high - half + 1, width, 'NXS-REG-006', 'unsupported');
      }
    }
  add('longfast', 'LongFast fills the band from 869.4 MHz', 'EU868', 869_525_000, 250_000, 'NXS-REG-005');
  add('longfast-too-wide', 'a hertz wider than that band', 'EU868', 869_525_000, 250_001, 'NXS-REG-006', 'unsupported');
  add('between', 'the middle of the channel is in a band, its edge is not', 'EU868', 868_590_000, 125_000, 'NXS-REG-006', 'unsupported');
  for (const bandwidth of [125_000, 250_000, 499_999, 500_000])
    add(`us915-${String(bandwidth)}`, `US915 with ${String(bandwidth)} Hz`, 'US915', 915_000_000, bandwidth, 'NXS-REG-004');
  for (const [name, frequency] of EU868.map(([band, low, high]) => [band, (low + high) / 2] as const))
    add(`budget-${name}`, `the budget of the band from ${name} MHz`, 'EU868', frequency, 62_500, 'NXS-REG-002');
  for (const region of ['', 'eu868', 'EU433', 'EU868 ', '__proto__'])
    add(
      `region-${region === '' ? 'empty' : region.replace(' ', '-space')}`,
      `no region: ${JSON.stringify(region)}`,
      region,
      868_100_000,
      125_000,
      'NXS-REG-006',
      'unsupported',
    );
  add('other-region', 'a frequency of another region', 'US915', 868_100_000, 125_000, 'NXS-REG-006', 'unsupported');
}
