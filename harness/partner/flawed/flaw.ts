import type { HubChecks } from "../../entra/hub.ts";
import type { TenantChecks } from "../../entra/eam-tenant.ts";
import type { PartnerCenterChecks } from "../partner-center.ts";
import type { RelyingPartyChecks } from "../relying-party/checks.ts";
import type { ServiceProviderChecks } from "../service-provider/checks.ts";

/** What is known of a deliberate mistake. */
interface FlawFacts {
  /** Kebab-case, begins with the channel; never renamed. */
  readonly id: string;
  /** The mistake in one sentence. */
  readonly mistake: string;
  /** Where it was seen, or which rule it breaks. */
  readonly references: readonly string[];
  /** Scenarios that tell a flawed app from a correct one, each by itself. */
  readonly caughtBy: readonly [string, ...string[]];
}

/** A reference app with its own decisions replaced; called anew for each app that is started. */
export type Variant =
  | { readonly channel: "oidc"; readonly checks: () => Partial<RelyingPartyChecks> }
  | { readonly channel: "partner-api"; readonly checks: () => Partial<PartnerCenterChecks> }
  | { readonly channel: "saml"; readonly checks: () => Partial<ServiceProviderChecks> }
  | { readonly channel: "wsfed"; readonly checks: () => Partial<HubChecks> }
  | { readonly channel: "eam"; readonly checks: () => Partial<TenantChecks> };

/** A reference app with one deliberate mistake. */
export type Flaw = FlawFacts & Variant;

/** The decisions of one channel. */
type ChecksOf<Channel extends Variant["channel"]> = ReturnType<
  Extract<Variant, { channel: Channel }>["checks"]
>;

/** A flaw without its channel, as the lists of one channel write it. */
export type FlawOf<Channel extends Variant["channel"]> = FlawFacts & {
  readonly checks: () => ChecksOf<Channel>;
};

/** A correct app whose checks are written by hand; it shows that the mistakes, and nothing else, are what is caught. */
export type OwnCode = Variant & { readonly id: string };
