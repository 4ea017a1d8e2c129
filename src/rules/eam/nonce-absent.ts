import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNoncePresent } from "../token/nonce.ts";

/** The nonce that Entra sent did not come back, so the token may belong to another attempt. */
export const nonceAbsent: Rule<Token> = {
  id: "eam.nonce.absent",
  severity: "error",
  title: "nonce is missing",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50027",
  remedy: "Copy nonce of the request that Entra sent into the id_token.",
  about: "message",
  check: checkNoncePresent,
};
