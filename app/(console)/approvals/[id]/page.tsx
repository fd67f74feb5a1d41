import { notFound } from "next/navigation";
import { Crumbs } from "@/components/shell/crumbs";
import { requireViewer } from "@/lib/auth/session";
import { readPanel } from "@/lib/inbox/panel-queries";
import { ApprovalItem } from "./approval-item";

export default async function ApprovalPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([requireViewer("approval.read"), params]);
  const panel = await readPanel(viewer, { kind: "approval", id });
  if (panel?.kind !== "approval") notFound();
  const { id: viewerId, name } = viewer.person;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Crumbs items={[{ label: panel.approval.decision.action.title }]} />
      <ApprovalItem key={id} id={id} viewer={{ id: viewerId, name }} initial={panel} />
    </div>
  );
}
