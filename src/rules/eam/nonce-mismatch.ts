import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNonce } from "../token/nonce.ts";

/** Another nonce came back than Entra sent, so the token belongs to another attempt. */
export const nonceMismatch: Rule<Token> = {
  id: "eam.nonce.mismatch",
  severity: "error",
  title: "nonce is another one",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50027",
  remedy: "Copy nonce of the request that Entra sent into the id_token, unchanged.",
  about: "message",
  check: checkNonce,
};
