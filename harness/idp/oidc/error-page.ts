import type { ErrorOut, KoaContextWithOIDC } from "oidc-provider";
import { renderMessage } from "../pages/message-page.ts";

/** Addresses that a relying party has to have registered: the parameter, and the word that registers it. */
const REGISTERED: readonly (readonly [parameter: string, word: string, unregistered: RegExp])[] = [
  ["post_logout_redirect_uri", "postLogoutRedirectUris", /^post_logout_redirect_uri not registered/],
  ["redirect_uri", "redirectUris", /^redirect_uri did not match/],
];

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What to write where an address is not among those that are registered. */
function nextStep({ oidc }: KoaContextWithOIDC, reason: string): Readonly<Record<string, string>> {
  const [parameter, word] = REGISTERED.find(([, , unregistered]) => unregistered.test(reason)) ?? [];
  if (parameter === undefined || word === undefined) return {};
  const client = oidc.entities.Client?.clientId ?? text(oidc.params?.["client_id"]);
  const next = `Add it to ${word} of the relying party ${client} (serve.relyingParties in mfa-harness.yaml).`;
  return { Address: text(oidc.params?.[parameter]), "What now": next };
}

/** The protocol's own error page, for what cannot be told to a relying party. */
export function renderErrorPage(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  const reason = out.error_description ?? "no reason given";
  ctx.type = "html";
  ctx.body = renderMessage("This request cannot be answered", {
    Error: out.error,
    Reason: reason,
    ...nextStep(ctx, reason),
  });
}
