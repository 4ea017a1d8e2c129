/** An adapter whose library comes to no end. */
export function neverEnds(): never {
  for (;;) Math.random();
}
