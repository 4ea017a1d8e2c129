/** How one reader answers: `pass`, `fail`, or `missing` where it would report that there is no claim at all. */
export type MatcherAnswer = "pass" | "fail" | "missing";

/** Names of the readers, as in the fact sheet, section 1.3. */
export type MatcherName = "strict" | "ms-cmdlet" | "ms-mca";

/** The answer of each reader to the same `amr`. */
export type MatcherAnswers = Readonly<Record<MatcherName, MatcherAnswer>>;

/** Compares an `amr` value, of any JSON type or `undefined` when there is no such claim, as one reader does. */
export type Matcher = (amr: unknown) => MatcherAnswer;
