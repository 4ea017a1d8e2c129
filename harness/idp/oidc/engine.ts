import type { IncomingMessage, ServerResponse } from "node:http";
import { type KoaContextWithOIDC, Provider } from "oidc-provider";
import type { EmissionKeys } from "../../emission/keys/keys.ts";
import type { Choices } from "../choices.ts";
import type { IssuedArtifact } from "../issued.ts";
import { note } from "../journal/notes.ts";
import { oidcConfiguration } from "./configuration.ts";
import { tellTimes } from "./clock.ts";
import { explain } from "./explain.ts";
import { readHintsOf } from "./hints.ts";
import { signOut } from "./logout.ts";
import { changeMessages } from "./messages.ts";
import type { RelyingParties } from "./relying-parties.ts";
import { takeOtherClaims } from "./other-claims.ts";
import { makeSignIns, type SignIns } from "./sign-ins.ts";
import { admitStrangers } from "./strangers.ts";
import type { Sessions } from "../sign-in/sessions.ts";
import type { Store } from "../store/store.ts";
import { mintThroughEmissions } from "./tokens.ts";
import { holdRequests, type Interaction } from "./waiting.ts";

/** What the engine is made from. */
export interface OidcEngineParts {
  readonly base: string;
  readonly relyingParties: RelyingParties;
  readonly keys: EmissionKeys;
  readonly now: () => number;
  /** Seconds by which `now` is ahead of the machine's clock, which is the one that oidc-provider reads. */
  readonly ahead: () => number;
  /** Who is signed in at this IdP, by whichever protocol. */
  readonly sessions: Sessions;
  readonly choices: Pick<Choices, "current" | "handOut" | "preselected" | "get">;
  readonly record: (choice: string | undefined, issued: IssuedArtifact) => Promise<void>;
  readonly store: Store;
  /** Signs the cookies. */
  readonly cookieKey: string;
}

/** oidc-provider, set up, with the sign-ins its tokens follow. */
export interface OidcEngine {
  readonly provider: Provider;
  readonly signIns: SignIns;
  /** Answers every request of the protocol but one that needs a sign-in: that comes back, without an answer. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<Interaction | undefined>;
  /** Answers, instead of the request at hand, the one that waited for the sign-in: somebody signed in, or gave up. */
  readonly goOn: (
    request: IncomingMessage,
    response: ServerResponse,
    interaction: Interaction,
  ) => Promise<void>;
}

/** Rules against http redirect URIs of implicit relying parties: right on the Internet, in the way on loopback. */
const WAIVED: readonly unknown[] = ["implicit-force-https", "implicit-forbid-localhost"];

function isReference(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function read(target: unknown, name: string): unknown {
  const value: unknown = isReference(target) ? Reflect.get(target, name) : undefined;
  return value;
}

/**
 * Lets implicit relying parties live on `http://127.0.0.1` and `http://localhost`.
 *
 * oidc-provider's documentation names this way: its client schema gives each of these refusals a code of its own.
 */
function allowImplicitOnHttp(provider: Provider): void {
  const prototype = read(read(provider.Client, "Schema"), "prototype");
  const invalidate = read(prototype, "invalidate");
  if (!isReference(prototype) || typeof invalidate !== "function") return;
  Object.assign(prototype, {
    invalidate(this: unknown, message: string, code?: string): void {
      if (!WAIVED.includes(code)) Reflect.apply(invalidate, this, [message, code]);
    },
  });
}

/** oidc-provider parses bodies itself, so the journal would not see them. */
function noteBodies(provider: Provider): void {
  provider.use<object, Partial<Pick<KoaContextWithOIDC, "oidc">>>(async (ctx, next) => {
    try {
      await next();
    } finally {
      note({ body: ctx.oidc?.body });
    }
  });
}

/**
 * Answers requests under the one address of this issuer, whatever their Host and X-Forwarded headers say: oidc-provider
 * writes its endpoints and cookies by the address that it is asked under.
 */
function handlersOf(provider: Provider): Pick<OidcEngine, "handle" | "goOn"> {
  const waiting = holdRequests(provider);
  const answer = provider.callback();
  const { host, protocol, pathname } = new URL(provider.issuer);
  provider.proxy = true;
  const forwarded = { host, "x-forwarded-host": host, "x-forwarded-proto": protocol.replace(":", "") };
  const answerAt = async (url: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    Object.assign(request.headers, forwarded);
    Object.assign(request, { url, originalUrl: `${pathname}${url}` });
    await answer(request, response);
  };
  return {
    handle: async (request, response) => {
      await answerAt(request.url ?? "", request, response);
      return waiting.of(request);
    },
    goOn: async (request, response, interaction) => {
      waiting.goOn(request, interaction);
      request.method = "GET";
      await answerAt(interaction.returnTo.slice(provider.issuer.length), request, response);
    },
  };
}

/** Sets up oidc-provider for one mock IdP; this module is the one that loads it, which takes longer than all else. */
export async function makeOidcEngine(parts: OidcEngineParts): Promise<OidcEngine> {
  const { keys, now, record, relyingParties, sessions, store, choices } = parts;
  const signIns = makeSignIns(store, choices);
  const signingKeys = await Promise.all([keys.published(), keys.next(), keys.ec(), keys.ed()]);
  const configuration = oidcConfiguration({
    keys: signingKeys,
    base: parts.base,
    relyingParties,
    signIns,
    sessions,
    store,
    cookieKey: parts.cookieKey,
    ahead: parts.ahead,
    signOut: async (ctx) => {
      await sessions.end(ctx.req, ctx.res);
      await explain(signOut(ctx, { signIns, choices, keys, now }));
    },
  });
  const provider = new Provider(`${parts.base}/oidc`, configuration);
  allowImplicitOnHttp(provider);
  admitStrangers(provider, relyingParties);
  takeOtherClaims(provider);
  readHintsOf(provider, keys);
  mintThroughEmissions(provider, { signIns, choices, keys, now, record, store });
  changeMessages(provider, { signIns, choices });
  noteBodies(provider);
  tellTimes(provider, parts.ahead);
  return { provider, signIns, ...handlersOf(provider) };
}
