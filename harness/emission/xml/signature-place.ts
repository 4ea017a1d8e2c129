/** One element to be signed, and where its signature goes. */
export interface XmlSignaturePlace {
  /** Local names from the root down to the element, at each step the first that fits; `*` fits any. */
  readonly path: readonly string[];
  /** Attribute that names the element: `ID` in SAML 2.0, `AssertionID` in SAML 1.1. */
  readonly idAttribute: string;
  /** Where among the children of the element its signature goes. */
  readonly position: "first" | "last" | "after-issuer";
}
