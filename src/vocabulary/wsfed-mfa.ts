import { WSFED_ATTRIBUTE, WSFED_ATTRIBUTE_NAMESPACE } from "./attribute-amr.ts";
import { PASSWORD_CLASSES } from "./saml-mfa.ts";

/** Namespaces of the claims that hold the time of the first and of the second factor, by name (Entra's page on inbound assertions). */
export const INSTANT_CLAIMS: ReadonlyMap<string, string> = new Map([
  ["authenticationinstant", WSFED_ATTRIBUTE_NAMESPACE],
  ["multifactorauthenticationinstant", "http://schemas.microsoft.com/ws/2017/04/identity/claims"],
]);

/** Name of the claim in which AD FS lists the methods of a sign-in (AD FS: MFA for Entra resources). */
export const AD_FS_METHODS = "authnmethodsreferences";

/**
 * Names under which emitters in the field put methods, with or without a namespace in front; only
 * `authenticationmethod` in its own namespace is listed (Partner Center: mandating MFA for your partner tenant, Entra's page on inbound assertions, Deepnet: DualShield for Office 365, PingOne: authentication claim for Microsoft 365).
 */
export const METHOD_CLAIM_NAMES: readonly string[] = [
  WSFED_ATTRIBUTE,
  AD_FS_METHODS,
  "authenticationmethodsreferences",
];

/** Methods of a password alone (SAML 1.1 core §7.1.1). */
export const PASSWORD_METHODS: readonly string[] = [
  "urn:oasis:names:tc:SAML:1.0:am:password",
  ...PASSWORD_CLASSES,
];
