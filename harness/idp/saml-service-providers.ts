import { z } from "zod";
import { BINDING } from "../emission/saml-names.ts";
import { HarnessError } from "../errors.ts";
import { isOnThisMachine, isWebAddress } from "./answer-address.ts";
import { RequestRefusal } from "./refusal.ts";
import type { AuthnRequest } from "./saml-request.ts";

/** An assertion consumer service that takes answers by POST. */
interface Endpoint {
  readonly url: string;
  readonly index: string | undefined;
  readonly isDefault: string | undefined;
}

/** Entity ids of registered service providers, with where they take answers. */
export type ServiceProviders = ReadonlyMap<string, readonly Endpoint[]>;

const endpointSchema = z.object({
  binding: z.string(),
  location: z.string(),
  index: z.string().optional(),
  isDefault: z.string().optional(),
});

const metadataSchema = z.object({
  entityId: z.string().min(1),
  endpoints: z.union([z.array(endpointSchema), endpointSchema.transform((endpoint) => [endpoint])]),
});

const FIELDS = [
  { key: "entityId", localPath: ["EntityDescriptor"], attributes: ["entityID"] },
  {
    key: "endpoints",
    localPath: ["EntityDescriptor", "SPSSODescriptor", "AssertionConsumerService"],
    attributes: ["Binding", "Location", "index", "isDefault"],
  },
];

function invalid(message: string, cause?: unknown): HarnessError {
  const hint = "Give each service provider's own metadata: one EntityDescriptor with an SPSSODescriptor.";
  return new HarnessError("ERR_CONFIG_INVALID", message, hint, { cause });
}

/**
 * Reads the metadata of the service providers to register.
 *
 * @throws HarnessError when a document is none, names no ACS for the POST binding, or names a provider twice
 */
export async function readServiceProviders(documents: readonly string[]): Promise<ServiceProviders> {
  const registered = new Map<string, readonly Endpoint[]>();
  if (documents.length === 0) return registered;
  // Node 22 finds no names in this CommonJS module, only the whole of it.
  const { default: samlify } = await import("samlify");
  for (const [index, document] of documents.entries()) {
    const place = `Service provider metadata ${index + 1}`;
    const { entityId, endpoints } = readMetadata(document, place, samlify.Extractor.extract);
    if (registered.has(entityId)) throw invalid(`${place} names ${entityId}, which was given before`);
    if (endpoints.length === 0) throw invalid(`${place} names no web address that takes answers by POST`);
    registered.set(entityId, endpoints);
  }
  return registered;
}

function readMetadata(
  xml: string,
  place: string,
  extract: (xml: string, fields: typeof FIELDS) => unknown,
): { entityId: string; endpoints: readonly Endpoint[] } {
  if (xml.includes("<!DOCTYPE")) throw invalid(`${place} holds a DOCTYPE`);
  try {
    const { entityId, endpoints } = metadataSchema.parse(extract(xml, FIELDS));
    const usable = endpoints.filter((each) => each.binding === BINDING.post && isWebAddress(each.location));
    return {
      entityId,
      endpoints: usable.map(({ location, index, isDefault }) => ({ url: location, index, isDefault })),
    };
  } catch (cause) {
    throw invalid(`${place} is not SAML metadata of a service provider`, cause);
  }
}

/** The default endpoint, SAML metadata §2.2.3: marked so, else the first that is not marked otherwise, else the first. */
function defaultEndpoint(endpoints: readonly Endpoint[]): Endpoint | undefined {
  const marked = (values: readonly (string | undefined)[]): Endpoint | undefined =>
    endpoints.find(({ isDefault }) => values.includes(isDefault));
  return marked(["true", "1"]) ?? marked([undefined]) ?? endpoints[0];
}

function registeredAcs(request: AuthnRequest, endpoints: readonly Endpoint[]): string {
  const { acsUrl, acsIndex, issuer } = request;
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
export function assertionConsumerService(request: AuthnRequest, registered: ServiceProviders): string {
  const { issuer, acsUrl, protocolBinding } = request;
  if (protocolBinding !== undefined && protocolBinding !== BINDING.post) {
    throw new RequestRefusal(
      `${issuer} wants its answer by ${protocolBinding}; this IdP answers by HTTP-POST only`,
    );
  }
  const endpoints = registered.get(issuer);
  if (endpoints !== undefined) return registeredAcs(request, endpoints);
  if (acsUrl === undefined) {
    throw new RequestRefusal(`${issuer} is not registered and does not say where its answer goes`);
  }
  if (isOnThisMachine(acsUrl)) return acsUrl;
  throw new RequestRefusal(`${issuer} is not registered, and ${acsUrl} is not on this machine`);
}
