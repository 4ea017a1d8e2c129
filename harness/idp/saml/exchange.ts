import { z } from "zod";
import { isXmlText } from "../../emission/xml/xml.ts";
import { RequestRefusal } from "../refusal.ts";
import { type Envelope, openForm, openQuery, receive } from "./inbox.ts";
import { AUTHN_REQUEST, type AuthnRequest } from "./request.ts";
import {
  assertionConsumerService,
  type ServiceProvider,
  type ServiceProviders,
} from "./service-providers.ts";

/** A sign-in that will be answered: for whom, where the answer goes, and what the sign-in page carries along. */
export interface SamlExchange {
  /** Entity id of the service provider. */
  readonly application: string;
  /** Its metadata, if it is registered. */
  readonly serviceProvider: ServiceProvider | undefined;
  /** Undefined: the service provider did not ask, the sign-in started here. */
  readonly request: AuthnRequest | undefined;
  readonly acs: string;
  /** Exactly as received; undefined: none was. */
  readonly relayState: string | undefined;
  /** Hidden fields of the sign-in page: the request again, as it came, so that nothing is kept between the two. */
  readonly state: Readonly<Record<string, string>>;
}

/** The longest entity id that SAML metadata may hold, SAML core §8.3.6. */
const LONGEST_ENTITY_ID = 1024;

const startSchema = z.object({
  sp: z.string().min(1).max(LONGEST_ENTITY_ID).refine(isXmlText),
  acs: z.string().min(1).optional(),
  RelayState: z.string().optional(),
});

const stateSchema = z.object({
  binding: z.enum(["redirect", "post", "none"]),
  query: z.string().optional(),
});

function read<Fields>(schema: z.ZodType<Fields>, input: unknown): Fields {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join(".") || "form");
  throw new RequestRefusal(`The request lacks a usable ${names.join(" and ")}`);
}

/** What is carried of a request: a signed query whole, since its signature is over the octets that were sent. */
function stateOf({ encoded, binding, relayState, signedQuery }: Envelope): Readonly<Record<string, string>> {
  if (signedQuery !== undefined) return { binding, query: signedQuery };
  return { SAMLRequest: encoded, binding, ...(relayState === undefined ? {} : { RelayState: relayState }) };
}

async function exchangeOf(opened: Envelope, registered: ServiceProviders): Promise<SamlExchange> {
  const { message, sender } = await receive(
    opened,
    AUTHN_REQUEST,
    registered,
    ({ signsRequests }) => signsRequests,
  );
  return {
    application: message.issuer,
    serviceProvider: sender,
    request: message,
    acs: assertionConsumerService(message, registered),
    relayState: opened.relayState,
    state: stateOf(opened),
  };
}

/**
 * Reads a request that came by redirect.
 *
 * @param query as it was sent, without the question mark
 * @throws RequestRefusal when it gets no answer
 */
export async function receiveQuery(query: string, registered: ServiceProviders): Promise<SamlExchange> {
  return await exchangeOf(openQuery(query), registered);
}

/**
 * Reads a request that was posted.
 *
 * @param body form as the web framework parsed it
 * @throws RequestRefusal when it gets no answer
 */
export async function receiveForm(body: unknown, registered: ServiceProviders): Promise<SamlExchange> {
  return await exchangeOf(openForm(body), registered);
}

/**
 * Reads what a sign-in starts from that no service provider asked for: `sp`, and for one that is not registered `acs`.
 *
 * @param input query or form as the web framework parsed it
 * @throws RequestRefusal when the answer would have nowhere to go
 * @see SAML profiles §4.1.5
 */
export function startHere(input: unknown, registered: ServiceProviders): SamlExchange {
  const { sp, acs, RelayState } = read(startSchema, input);
  const wanted = { issuer: sp, acsUrl: acs, acsIndex: undefined, protocolBinding: undefined };
  return {
    application: sp,
    serviceProvider: registered.get(sp),
    request: undefined,
    acs: assertionConsumerService(wanted, registered),
    relayState: RelayState,
    state: {
      binding: "none",
      sp,
      ...(acs === undefined ? {} : { acs }),
      ...(RelayState === undefined ? {} : { RelayState }),
    },
  };
}

/**
 * Reads the request that a page of the sign-in sent back. It is read anew, with all its checks, so that a forged form gains
 * nothing over a request of its own.
 *
 * @throws RequestRefusal when it gets no answer
 */
export async function receiveAgain(input: unknown, registered: ServiceProviders): Promise<SamlExchange> {
  const { binding, query } = read(stateSchema, input);
  if (binding === "none") return startHere(input, registered);
  const opened = query === undefined ? { ...openForm(input), binding } : openQuery(query);
  return await exchangeOf(opened, registered);
}
