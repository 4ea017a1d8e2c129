import { EAM_CLASSES, EAM_METHODS, type EamFactorKind } from "../eam/names.ts";
import type { Profile } from "../emission.ts";

/** What Entra asks of an external authentication method, as its `claims` parameter says it. */
export interface EamRequirements {
  /** Requested `acr` values, in the order of preference. */
  readonly acrValues: readonly string[];
  /** Requested `amr` values. */
  readonly amrValues: readonly string[];
}

/** What the ID token says about the factor; `amr` holds exactly one value, and `acr` is one that was requested. */
export interface EamFactor {
  readonly acr: string;
  readonly amr: readonly string[];
}

/** What the person has in hand: of all methods requested, this one is used if it fits. */
const ONE_TIME_CODE = "otp";

function kindsOf(acr: string): readonly EamFactorKind[] {
  return Object.hasOwn(EAM_CLASSES, acr) ? (EAM_CLASSES[acr] ?? []) : [];
}

function fits(method: string, acr: string): boolean {
  const kind = EAM_METHODS[method];
  return kind !== undefined && kindsOf(acr).includes(kind);
}

function secondFactor({ acrValues, amrValues }: EamRequirements): EamFactor | undefined {
  for (const acr of acrValues) {
    const fitting = amrValues.filter((method) => fits(method, acr));
    const method = fitting.includes(ONE_TIME_CODE) ? ONE_TIME_CODE : fitting[0];
    if (method !== undefined) return { acr, amr: [method] };
  }
  return undefined;
}

/**
 * How an external method answers, before patches.
 *
 * `password-and-otp`: the password was entered at Entra, the one-time code here, so `amr` is `["otp"]`; when the
 * request excludes it, the first requested method whose kind answers a requested `acr`. Undefined when no method does:
 * then the provider can only refuse. `password-only`: the provider asked for the password once more and says so; it
 * claims the requested class all the same, so that `amr` is the one thing that is wrong (F-17; Entra's EAM provider reference).
 */
export function eamProfile(profile: Profile, requirements: EamRequirements): EamFactor | undefined {
  if (profile === "password-and-otp") return secondFactor(requirements);
  const [acr] = requirements.acrValues;
  return acr === undefined ? undefined : { acr, amr: ["pwd"] };
}
