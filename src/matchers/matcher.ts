/** How one reader answers: `pass`, `fail`, or `missing` where it would report that there is no claim at all. */
export type MatcherAnswer = "pass" | "fail" | "missing";

/** Readers that look at `amr` and check nothing else, as in Test-PartnerSecurityRequirement. */
export type AmrMatcherName = "strict" | "ms-cmdlet" | "ms-mca" | "partner-consent";

/** All readers: those of `amr`, and Entra as it takes each kind of answer of a federated IdP or provider. */
export type MatcherName = AmrMatcherName | "entra-saml" | "entra-wsfed" | "eam";

/** The answer of each reader to the same artifact; absent where a reader cannot read that kind of artifact. */
export type MatcherAnswers = Readonly<Partial<Record<MatcherName, MatcherAnswer>>>;

/** Compares an `amr` value, of any JSON type or `undefined` when there is no such claim, as one reader does. */
export type Matcher = (amr: unknown) => MatcherAnswer;
