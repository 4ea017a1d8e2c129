import { EAM_FLAWS } from "./eam-flaws.ts";
import type { Flaw, OwnCode } from "./flaw.ts";
import { OIDC_FLOW_FLAWS } from "./oidc-flow-flaws.ts";
import { OIDC_MFA_FLAWS } from "./oidc-mfa-flaws.ts";
import { OIDC_TOKEN_FLAWS } from "./oidc-token-flaws.ts";
import { ownEndSignIn } from "./own-oidc.ts";
import { ownVerify } from "./own-saml.ts";
import { PARTNER_API_FLAWS } from "./partner-api-flaws.ts";
import { SAML_ANSWER_FLAWS } from "./saml-answer-flaws.ts";
import { SAML_MFA_FLAWS } from "./saml-mfa-flaws.ts";
import { WSFED_FLAWS } from "./wsfed-flaws.ts";

const oidc = [...OIDC_MFA_FLAWS, ...OIDC_TOKEN_FLAWS, ...OIDC_FLOW_FLAWS];
const saml = [...SAML_MFA_FLAWS, ...SAML_ANSWER_FLAWS];

/** Every deliberate mistake, by channel. */
export const FLAWS: readonly Flaw[] = [
  ...oidc.map((flaw) => ({ ...flaw, channel: "oidc" as const })),
  ...PARTNER_API_FLAWS.map((flaw) => ({ ...flaw, channel: "partner-api" as const })),
  ...saml.map((flaw) => ({ ...flaw, channel: "saml" as const })),
  ...WSFED_FLAWS.map((flaw) => ({ ...flaw, channel: "wsfed" as const })),
  ...EAM_FLAWS.map((flaw) => ({ ...flaw, channel: "eam" as const })),
];

/** The apps without any mistake: the reference apps as they are, and those whose checks the flawed ones are made from. */
export const CORRECT_APPS: readonly OwnCode[] = [
  { id: "relying-party", channel: "oidc", checks: () => ({}) },
  { id: "own-relying-party", channel: "oidc", checks: () => ({ endSignIn: ownEndSignIn() }) },
  { id: "partner-center", channel: "partner-api", checks: () => ({}) },
  { id: "service-provider", channel: "saml", checks: () => ({}) },
  { id: "own-service-provider", channel: "saml", checks: () => ({ verify: ownVerify() }) },
  { id: "federated-domain", channel: "wsfed", checks: () => ({}) },
  { id: "external-method", channel: "eam", checks: () => ({}) },
];
