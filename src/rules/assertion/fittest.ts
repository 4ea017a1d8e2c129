/** The one with the fewest demerits, the first of equals: where one that holds is enough, all rules look at the same one. */
export function fittest<Each>(all: readonly Each[], demerits: (each: Each) => number): Each | undefined {
  let best: Each | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const each of all) {
    const found = demerits(each);
    if (found >= fewest) continue;
    best = each;
    fewest = found;
  }
  return best;
}
