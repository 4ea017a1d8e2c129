import { errors, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import type { Ignorable } from "../../emission/emission.ts";
import { askedClasses, ignores } from "./asked.ts";
import { OIDC_CHANNELS, type SignIn, type SignIns } from "./sign-ins.ts";
import type { Sessions } from "../sign-in/sessions.ts";

const { Check, Prompt } = interactionPolicy;

type Test = (ctx: KoaContextWithOIDC) => Promise<boolean>;

/** True once this very request was answered on the sign-in page: nobody is asked twice. */
function answered({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.result?.login !== undefined;
}

/** The sign-in that would be told of: the one just made on the page, else that of the session. */
async function signInOf({ oidc }: KoaContextWithOIDC, signIns: SignIns): Promise<SignIn | undefined> {
  return (await signIns.get(oidc.entities.Interaction?.uid)) ?? (await signIns.current(oidc.session?.uid));
}

async function needsOtherClass(ctx: KoaContextWithOIDC, signIns: SignIns): Promise<boolean> {
  if (answered(ctx)) return false;
  const signIn = await signInOf(ctx, signIns);
  const { values } = askedClasses(ctx.oidc.params ?? {}, signIn?.emission);
  return values.length > 0 && !values.includes(ctx.oidc.acr);
}

const ACR = "/idToken/claims/acr";

/** An emission that says a class of its own says it, whatever was asked. */
function saysOwnClass({ emission }: SignIn): boolean {
  return emission.patch.some(({ path }) => path === ACR);
}

/** OpenID Connect Core Unmet Authentication Requirements 1.0: an essential class that the sign-in does not give. */
async function refuseUnmet(ctx: KoaContextWithOIDC, signIns: SignIns): Promise<boolean> {
  if (!answered(ctx)) return false;
  const signIn = await signInOf(ctx, signIns);
  if (signIn === undefined || saysOwnClass(signIn)) return false;
  const { values, essential } = askedClasses(ctx.oidc.params ?? {}, signIn.emission);
  if (!essential || values.length === 0 || values.includes(ctx.oidc.acr)) return false;
  throw new errors.CustomOIDCProviderError(
    "unmet_authentication_requirements",
    `the sign-in gives ${ctx.oidc.acr}, and the request takes ${values.join(" or ")} only`,
  );
}

/** oidc-provider makes `prompt=login` of `max_age=0`, and forgets which it was. */
function requestOf({ oidc, query }: KoaContextWithOIDC): Ignorable {
  const asked = { ...query, ...oidc.body };
  return asked["max_age"] === "0" && asked["prompt"] === undefined ? "max_age" : "prompt";
}

/** Prompt and reason of each check that an emission may ignore, and the request that it then ignores. */
const IGNORABLE_CHECKS: readonly (readonly [string, string, (ctx: KoaContextWithOIDC) => Ignorable])[] = [
  ["login", "login_prompt", requestOf],
  ["login", "max_age", () => "max_age"],
  ["consent", "consent_prompt", () => "prompt"],
  ["select_account", "select_account_prompt", () => "prompt"],
];

type Checked = ReturnType<interactionPolicy.Check["check"]>;
type Around = (ctx: KoaContextWithOIDC, check: () => Checked) => Checked;

/** Replaces a check of oidc-provider by one that looks further. */
function replaceCheck(
  policy: interactionPolicy.DefaultPolicy,
  [prompt, reason]: readonly [string, string],
  around: Around,
): void {
  const checks = policy.get(prompt)?.checks;
  const found = checks?.get(reason);
  if (checks === undefined || found === undefined) throw new TypeError(`no check ${reason} of ${prompt}`);
  checks.remove(reason);
  const { description, error = "interaction_required", details } = found;
  checks.add(new Check(reason, description, error, (ctx) => around(ctx, () => found.check(ctx)), details));
}

async function hintedPerson({ oidc }: KoaContextWithOIDC): Promise<unknown> {
  const { client, params, provider, session } = oidc;
  const hint = params?.["id_token_hint"];
  if (typeof hint !== "string" || client === undefined) return session?.accountId;
  return (await provider.IdToken.validate(hint, client)).payload["sub"];
}

/** A person who is somebody else than the request wants is not asked again and again (OIDC Core §3.1.2.2). */
async function refuseOtherPerson(ctx: KoaContextWithOIDC): Promise<boolean> {
  if (!answered(ctx)) return false;
  const { session, claims } = ctx.oidc;
  const wanted = [await hintedPerson(ctx), claims.id_token?.["sub"]?.value ?? session?.accountId];
  if (wanted.every((person) => person === session?.accountId)) return false;
  throw new errors.LoginRequired("somebody else signed in than the request asks for");
}

/** Why a session is not enough: it ended, or somebody else signed in, by another protocol. */
export const SESSION_ELSEWHERE = "session_elsewhere";

/** oidc-provider has a session of its own, which counts as long as that of the whole IdP is the same person's. */
async function endedElsewhere(ctx: KoaContextWithOIDC, sessions: Sessions): Promise<boolean> {
  const { accountId } = ctx.oidc.session ?? {};
  if (accountId === undefined || answered(ctx)) return false;
  const open = await sessions.find(ctx.req, OIDC_CHANNELS);
  return open?.performed.user !== accountId;
}

/**
 * When the sign-in page is shown: as oidc-provider's own policy has it, and also for a class that the session does not
 * have; not for what the emission of the session ignores.
 *
 * oidc-provider asks again and again for an essential class that the answer does not give. Here the answer is what the
 * person chose, so the relying party is told that its requirement is not met.
 */
export function makePolicy(signIns: SignIns, sessions: Sessions): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.add(new Prompt({ name: "select_account", requestable: true }), 0);
  const login = policy.get("login")?.checks;
  login?.remove("essential_acrs");
  login?.remove("essential_acr");
  for (const [prompt, reason, request] of IGNORABLE_CHECKS) {
    replaceCheck(policy, [prompt, reason], async (ctx, check) => {
      const signIn = await signInOf(ctx, signIns);
      return ignores(signIn?.emission, request(ctx)) ? false : await check();
    });
  }
  const elsewhere: Test = (ctx) => endedElsewhere(ctx, sessions);
  login?.add(new Check(SESSION_ELSEWHERE, "the session ended elsewhere", "login_required", elsewhere));
  const other: Test = (ctx) => needsOtherClass(ctx, signIns);
  login?.add(new Check("acr_values", "another class of sign-in is asked for", "login_required", other));
  const unmet: Test = (ctx) => refuseUnmet(ctx, signIns);
  login?.add(new Check("unmet_acr", "an essential class is not given", "login_required", unmet));
  login?.add(new Check("other_person", "somebody else is asked for", "login_required", refuseOtherPerson), 0);
  return policy;
}
