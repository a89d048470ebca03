/** Makes something when it is first asked for, and never again: for what takes a moment to make, and most commands never need. */
export function once<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | undefined;
  return () => (made ??= { result: make() }).result;
}
