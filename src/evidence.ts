/** One thing an artifact says about how the user authenticated, and where it says it. */
export interface Statement {
  /** The kind of place: an `amr` or `acr` claim, an AuthnContextClassRef or AuthnContextDeclRef, a SAML attribute. */
  readonly kind: "amr" | "acr" | "class-ref" | "decl-ref" | "attribute";
  /** JSON Pointer or XPath of the place. */
  readonly at: string;
  /** Claim or attribute name; for a class reference, `AuthnContextClassRef`. */
  readonly name: string;
  /** The value as it stood: a JSON value for claims, an array of strings for SAML. */
  readonly value: unknown;
}

/** What an artifact says about a sign-in and its MFA, before any judgement. */
export interface Evidence {
  readonly issuer: string | undefined;
  readonly subject: string | undefined;
  readonly audiences: readonly string[];
  /** Seconds since the epoch, as is every time below. */
  readonly issuedAt: number | undefined;
  readonly expiresAt: number | undefined;
  /** When the user authenticated: `auth_time`, or the time of the sign-in that the verdict rests on. */
  readonly authenticatedAt: number | undefined;
  readonly statements: readonly Statement[];
}
