/**
 * What a runtime may have beyond the language, all of it faster than what is written here and none of it needed. The kernel is
 * typed without any runtime, so that nothing else of one finds its way in.
 */
interface Native {
  readonly TextDecoder?: new (
    label: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string };
  readonly TextEncoder?: new () => { encode(text: string): Uint8Array };
}

/** The runtime's, where it has them. */
export const native: Native = globalThis as Native;
