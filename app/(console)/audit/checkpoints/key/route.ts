import { checkpointKey } from "@/lib/audit/checkpoints/queries";
import { getViewer } from "@/lib/auth/session";

/** The public key that checkpoints are signed with here, as PEM. Errors: 401 without a session, 404 without the right. */
export async function GET(): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response(null, { status: 401 });
  if (!viewer.access.canAnywhere("audit.read")) return new Response(null, { status: 404 });
  const { id, pem } = checkpointKey();
  const headers = {
    "content-type": "application/x-pem-file",
    "content-disposition": `attachment; filename="remit-checkpoint-key-${id}.pem"`,
    "cache-control": "private, no-store",
  };
  return new Response(pem, { headers });
}
