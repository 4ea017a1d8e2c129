import { interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";

/** Classes that a request asks for: by the `claims` parameter if it names any there, else by `acr_values`. */
export function askedAcrValues(params: Readonly<Record<string, unknown>>): readonly string[] {
  const fromClaims = acrOfClaims(params["claims"]);
  if (fromClaims.length > 0) return fromClaims;
  const { acr_values: listed } = params;
  return typeof listed === "string" ? listed.split(" ").filter((value) => value !== "") : [];
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

function acrOfClaims(claims: unknown): readonly string[] {
  if (typeof claims !== "string") return [];
  const parsed: unknown = JSON.parse(claims);
  const acr = member(member(parsed, "id_token"), "acr");
  const values = [member(acr, "value"), member(acr, "values")].flat();
  return values.filter((value) => typeof value === "string");
}

/** True unless this very request was already answered on the sign-in page: nobody is asked twice. */
function unanswered({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.result?.login === undefined;
}

function needsOtherClass(ctx: KoaContextWithOIDC): boolean {
  const asked = askedAcrValues(ctx.oidc.params ?? {});
  return unanswered(ctx) && asked.length > 0 && !asked.includes(ctx.oidc.acr);
}

/**
 * When the sign-in page is shown: as oidc-provider's own policy has it, and also for a class that the session does not
 * have.
 *
 * oidc-provider asks again and again for an essential class that the answer does not give. Here the answer is what the
 * person chose, so the relying party gets it and must refuse it itself.
 */
export function makePolicy(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const checks = policy.get("login")?.checks;
  checks?.remove("essential_acrs");
  checks?.remove("essential_acr");
  const { Check } = interactionPolicy;
  checks?.add(
    new Check("acr_values", "another class of sign-in is asked for", "login_required", needsOtherClass),
  );
  return policy;
}
