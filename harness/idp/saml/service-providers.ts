import type { KeyObject } from "node:crypto";
import type { AssertionEncryption } from "../../emission/xml/encryption.ts";
import { BINDING } from "../../emission/saml/names.ts";
import { isOnThisMachine } from "../answer-address.ts";
import { RequestRefusal } from "../refusal.ts";
import type { AuthnRequest } from "./request.ts";
import type { MessageBinding } from "./message.ts";

/** An assertion consumer service that takes answers by POST. */
export interface AssertionConsumerService {
  readonly url: string;
  readonly index: string | undefined;
  readonly isDefault: string | undefined;
}

/** Where a service provider takes messages about logout. */
export interface LogoutService {
  readonly binding: MessageBinding;
  /** Requests go there. */
  readonly location: string;
  /** Answers go there. */
  readonly responseLocation: string;
}

/** What the metadata of a service provider says. */
export interface ServiceProvider {
  readonly entityId: string;
  /** At least one. */
  readonly assertionConsumers: readonly AssertionConsumerService[];
  /** In the order of the metadata. */
  readonly logoutServices: readonly LogoutService[];
  /** Public keys of its signing certificates; empty: signatures are not looked at. */
  readonly signingKeys: readonly KeyObject[];
  /** Set when it names a key for encryption and nothing else: assertions are encrypted to it. */
  readonly encryption: AssertionEncryption | undefined;
  /** Whether an AuthnRequest of its that is not signed must be somebody else's. */
  readonly signsRequests: boolean;
}

/** Registered service providers by entity id. */
export type ServiceProviders = ReadonlyMap<string, ServiceProvider>;

/** Who wants an answer, and where. */
export type AnswerWanted = Pick<AuthnRequest, "issuer" | "acsUrl" | "acsIndex" | "protocolBinding">;

/** The default endpoint, SAML metadata §2.2.3: marked so, else the first that is not marked otherwise, else the first. */
function defaultEndpoint(
  endpoints: readonly AssertionConsumerService[],
): AssertionConsumerService | undefined {
  const marked = (values: readonly (string | undefined)[]): AssertionConsumerService | undefined =>
    endpoints.find(({ isDefault }) => values.includes(isDefault));
  return marked(["true", "1"]) ?? marked([undefined]) ?? endpoints[0];
}

function registeredAcs(
  { acsUrl, acsIndex, issuer }: AnswerWanted,
  endpoints: readonly AssertionConsumerService[],
): string {
  const found =
    acsUrl !== undefined
      ? endpoints.find(({ url }) => url === acsUrl)
      : acsIndex !== undefined
        ? endpoints.find(({ index }) => index === acsIndex)
        : defaultEndpoint(endpoints);
  if (found !== undefined) return found.url;
  throw new RequestRefusal(
    `The metadata of ${issuer} has no POST endpoint ${acsUrl ?? `with index ${acsIndex}`}`,
  );
}

/**
 * Where the answer goes: an endpoint of the registered metadata, or, for a service provider that nobody registered,
 * the URL it asks for, as long as that is on this machine.
 *
 * @throws RequestRefusal when the answer may not go where it should
 * @see SAML profiles §4.1.4.1
 */
export function assertionConsumerService(wanted: AnswerWanted, registered: ServiceProviders): string {
  const { issuer, acsUrl, protocolBinding } = wanted;
  if (protocolBinding !== undefined && protocolBinding !== BINDING.post) {
    throw new RequestRefusal(
      `${issuer} wants its answer by ${protocolBinding}; this IdP answers by HTTP-POST only`,
    );
  }
  const provider = registered.get(issuer);
  if (provider !== undefined) return registeredAcs(wanted, provider.assertionConsumers);
  if (acsUrl === undefined) {
    throw new RequestRefusal(`${issuer} is not registered and does not say where its answer goes`);
  }
  if (isOnThisMachine(acsUrl)) return acsUrl;
  throw new RequestRefusal(`${issuer} is not registered, and ${acsUrl} is not on this machine`);
}
