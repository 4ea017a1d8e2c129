import type { Channel } from "../../emission/channels.ts";
import { escapeHtml } from "./html.ts";
import { renderLayout } from "./layout.ts";

/** One fault as the list shows it. */
interface ListedFault {
  readonly id: string;
  readonly title: string;
  /** How bad it is that a target takes it. */
  readonly severity?: string | undefined;
  /** The same case in other lists. */
  readonly covers?: readonly string[] | undefined;
  readonly emission: { readonly channel: Channel };
}

/** What the list of faults shows. */
export interface FaultListModel {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly faults: readonly ListedFault[];
  /** What the list is filtered by; empty: everything is shown. */
  readonly find: string;
}

/** What a partner app is pointed at, below the issuer's own path. */
const DOCUMENTS: Readonly<Record<Channel, readonly [title: string, path: string]>> = {
  oidc: ["OpenID Connect", "oidc/.well-known/openid-configuration"],
  "partner-api": ["Partner Center access token", "oidc/.well-known/openid-configuration"],
  saml: ["SAML 2.0", "saml/metadata"],
  wsfed: ["WS-Federation", "wsfed/metadata"],
  eam: ["External authentication method", "eam/.well-known/openid-configuration"],
};

function matches({ id, title, severity = "", covers = [], emission }: ListedFault, find: string): boolean {
  const [channel] = DOCUMENTS[emission.channel];
  const text = [id, title, severity, channel, ...covers].join("\n").toLowerCase();
  return text.includes(find.trim().toLowerCase());
}

function renderFault(origin: string, { id, title, severity = "", emission }: ListedFault): string {
  const [, path] = DOCUMENTS[emission.channel];
  const url = `${origin}/fault/${encodeURIComponent(id)}/${path}`;
  return `<tr><td><a href="${escapeHtml(url)}">${escapeHtml(id)}</a></td><td>${escapeHtml(title)}</td><td>${escapeHtml(severity)}</td></tr>`;
}

function renderChannel(origin: string, title: string, faults: readonly ListedFault[]): string {
  return `<h2>${escapeHtml(title)} (${faults.length})</h2>
<table><thead><tr><th scope="col">Issuer</th><th scope="col">What is wrong</th><th scope="col">Severity</th></tr></thead>
<tbody>${faults.map((fault) => renderFault(origin, fault)).join("\n")}</tbody></table>`;
}

/** Renders the list of faults that have an issuer of their own, each with its discovery document or metadata. */
export function renderFaultList({ origin, faults, find }: FaultListModel): string {
  const shown = faults.filter((fault) => matches(fault, find));
  const byChannel = Map.groupBy(shown, ({ emission }) => DOCUMENTS[emission.channel][0]);
  const channels = [...byChannel].map(([title, members]) => renderChannel(origin, title, members));
  return renderLayout(
    "Faults, each with an issuer of its own",
    `<p>Point a partner app at one of these, and every sign-in has this one fault.</p>
<form method="get" role="search"><div class="field"><label for="q">Filter</label>
<input type="search" id="q" name="q" value="${escapeHtml(find)}" maxlength="100" aria-describedby="q-hint">
<small id="q-hint">${shown.length} of ${faults.length} shown, by id, title, severity, protocol or id in another list.</small></div>
<p class="buttons"><button class="first">Filter</button></p></form>
${channels.join("\n")}
<p><a href="${escapeHtml(origin)}/">The identity provider itself</a></p>`,
    "wide",
  );
}
