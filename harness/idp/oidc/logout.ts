import { randomUUID } from "node:crypto";
import type { Client, KoaContextWithOIDC } from "oidc-provider";
import type { Emission } from "../../emission/emission.ts";
import type { EmissionKeys } from "../../emission/keys/keys.ts";
import { goodEmission } from "../../emission/token/mint-token.ts";
import { mintLogoutToken } from "../../emission/token/oidc-message.ts";
import type { Choices } from "../choices.ts";
import type { SignIns } from "./sign-ins.ts";
import { renderMessage } from "../pages/message-page.ts";

/** What a sign-out needs besides the request. */
export interface SignOutParts {
  readonly signIns: SignIns;
  readonly choices: Pick<Choices, "handOut">;
  readonly keys: EmissionKeys;
  readonly now: () => number;
}

/** OIDC Back-Channel Logout §2.4: at most two minutes. */
const LIFETIME_SECONDS = 120;

/** As long as a person waits for a relying party that does not answer. */
const PATIENCE_MS = 3000;

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

interface Told {
  readonly client: Client;
  readonly uri: string;
  readonly sid: string | undefined;
  readonly emission: Emission;
  /** Undefined: nobody knows any more. */
  readonly choice: string | undefined;
}

/** The relying parties of a session that want to know of its end. */
async function listenersOf(
  { oidc }: KoaContextWithOIDC,
  { signIns }: SignOutParts,
): Promise<readonly Told[]> {
  const { session, provider } = oidc;
  const found = Object.keys(session?.authorizations ?? {}).map(async (clientId) => {
    const client = await provider.Client.find(clientId);
    const uri = client?.backchannelLogoutUri;
    if (client === undefined || uri === undefined) return [];
    const signIn = await signIns.get(session?.grantIdFor(clientId));
    const emission = signIn?.emission ?? goodEmission("oidc");
    return [{ client, uri, sid: session?.sidFor(clientId), emission, choice: signIn?.choice }];
  });
  return (await Promise.all(found)).flat();
}

function claimsOf(told: Told, sub: string, issuer: string, now: number): Record<string, unknown> {
  return {
    iss: issuer,
    sub,
    aud: told.client.clientId,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    jti: randomUUID(),
    ...(told.sid === undefined ? {} : { sid: told.sid }),
    events: { [EVENT]: {} },
  };
}

/** Posts one logout token; a relying party that refuses it, or is not there, keeps nobody from signing out. */
async function tell(told: Told, sub: string, issuer: string, parts: SignOutParts): Promise<void> {
  const claims = claimsOf(told, sub, issuer, parts.now());
  const token = await mintLogoutToken(told.emission, claims, parts.keys);
  const answer = await fetch(told.uri, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ logout_token: token }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => undefined);
  // Where nobody answers, nobody is known to have got it.
  if (answer !== undefined && told.choice !== undefined) parts.choices.handOut(told.choice, "logoutToken");
}

function goBack(ctx: KoaContextWithOIDC): void {
  const { postLogoutRedirectUri: target, state } = ctx.oidc.session?.state ?? {};
  if (typeof target !== "string") {
    ctx.body = renderMessage("Signed out", {});
    return;
  }
  const url = new URL(target);
  if (typeof state === "string") url.searchParams.set("state", state);
  ctx.status = 303;
  ctx.redirect(url.href);
}

/**
 * Signs out at once: who follows a sign-out link of a partner app is not asked again. Every relying party of the
 * session that registered for it is told by a logout token first.
 *
 * @see OIDC Back-Channel Logout §2.5
 */
export async function signOut(ctx: KoaContextWithOIDC, parts: SignOutParts): Promise<void> {
  const { session, provider, cookies } = ctx.oidc;
  const { accountId } = session ?? {};
  const told = await listenersOf(ctx, parts);
  await Promise.all(told.map((one) => tell(one, accountId ?? "", provider.issuer, parts)));
  goBack(ctx);
  await session?.destroy();
  cookies.set(provider.cookieName("session"), null, { path: new URL(provider.issuer).pathname });
}
