/** Scripts of what the kernel exports. */
import { fromHex } from '../../../reference/index.ts';
import { at, bytes, scriptsOf, type Script } from './script.ts';

const FUNCTIONS = scriptsOf({
  compare: at(() => [bytes(3), bytes(4)]),
  concat: at(() => [[bytes(3), bytes(4)]]),
  drain: at(() => [(): undefined => undefined]),
  fromHex: at(() => ['00ff']),
  readJsonObject: at(() => [fromHex('7b7d')]),
  siphash24: at(() => [bytes(16), bytes(5)]),
  toHex: at(() => [bytes(3)]),
  writeJson: at(() => [{ a: [1, 'b', null] }]),
});

export const KERNEL_SCRIPTS: readonly Script[] = [...FUNCTIONS];
