import { gateInWeb } from "@/lib/gate/in-web";

export const dynamic = "force-dynamic";

/** The agents' API on the web's port: the same application as the gate's, slower. It authenticates by itself, by bearer tokens. */
const handle = (request: Request): Response | Promise<Response> => gateInWeb()(request);

export {
  handle as GET,
  handle as POST,
  handle as PUT,
  handle as PATCH,
  handle as DELETE,
  handle as HEAD,
  handle as OPTIONS,
};
