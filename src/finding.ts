/** How much a requirement weighs: `error` breaks a MUST and decides, `warning` a SHOULD, `advisory` neither. */
export type Severity = "error" | "warning" | "advisory";

/** One place in an artifact that breaks a rule. */
export interface Finding {
  /** Id of the rule that is broken, e.g. `partner-api.amr.mfa-absent`. */
  readonly rule: string;
  readonly severity: Severity;
  /** JSON Pointer (tokens, prefixed `/header` or `/claims`) or XPath (SAML) of the place. */
  readonly at: string;
  /** What was found, then what was wanted; never a whole token. */
  readonly message: string;
  /** What to change in this very case, where that is not what the rule says to all: shown in its stead. */
  readonly fix?: string;
}
