import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNoncePresent } from "../token/nonce.ts";

/** A nonce was sent and the ID token has none, so it may belong to another sign-in. */
export const nonceAbsent: Rule<Token> = {
  id: "oidc.nonce.absent",
  severity: "error",
  title: "nonce is missing",
  requirements: [],
  reference: "OIDC Core §3.1.3.7 (11)",
  remedy: "Copy the nonce of the authentication request into the ID token.",
  about: "message",
  check: checkNoncePresent,
};
