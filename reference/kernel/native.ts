/**
 * What a runtime may have beyond the language: faster ways to what is written out in the kernel, none of them needed. The kernel
 * is typed without any runtime, so that nothing else of one finds its way in. Without them all (`{}`) the reference answers the
 * same, which is how its mutants run.
 */
export interface Native {
  readonly JSON?: { parse(text: string): unknown; stringify(value: unknown): string };
  readonly TextDecoder?: new (label: string, options: { readonly ignoreBOM: boolean }) => { decode(bytes: Uint8Array): string };
  readonly TextEncoder?: new () => { encode(text: string): Uint8Array };
  /** Node's: the other runtimes have no quick way to hexadecimal yet, or another. */
  readonly Buffer?: {
    from(memory: ArrayBufferLike, offset: number, length: number): { toString(encoding: 'hex'): string };
    from(text: string, encoding: 'hex'): Uint8Array;
  };
}

/** The runtime's, where it has them. */
export const native: Native = globalThis as Native;
