import type { RequestHandler } from "express";
import type { FaultIssuerSettings } from "./fault-issuers.ts";
import { renderFaultList } from "./pages/fault-list-page.ts";
import { sendPage } from "./pages/layout.ts";

/** Makes the handler of `/fault`: the list of faults, filtered by `?q=`. */
export function faultList({
  origin,
  catalogue,
}: Pick<FaultIssuerSettings, "origin" | "catalogue">): RequestHandler {
  return async ({ query }, response) => {
    const { q } = query;
    const find = typeof q === "string" ? q.slice(0, 100) : "";
    sendPage(response, 200, renderFaultList({ origin: origin(), faults: await catalogue(), find }));
  };
}
