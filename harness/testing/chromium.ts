/** Chromium without a screen, for tests of pages that people open. */
import { existsSync } from 'node:fs';
import { launch, type Browser } from 'puppeteer-core';

/** The browser of this machine, or undefined; CHROMIUM says where another one is. */
export const chromium: string | undefined = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Starts it with no network: a page that needs any fails. */
export function openChromium(): Promise<Browser> {
  if (chromium === undefined) throw new Error('no Chromium on this machine');
  // In a container there is often no user but root, for whom Chromium has no sandbox.
  return launch({ executablePath: chromium, args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND'] });
}
