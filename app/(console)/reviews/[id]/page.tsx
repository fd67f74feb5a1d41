import { notFound } from "next/navigation";
import { Crumbs } from "@/components/shell/crumbs";
import { requireViewer } from "@/lib/auth/session";
import { readPanel } from "@/lib/inbox/panel-queries";
import { ReviewItem } from "./review-item";

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([requireViewer("approval.read"), params]);
  const panel = await readPanel(viewer, { kind: "review", id });
  if (panel?.kind !== "review") notFound();
  const { id: viewerId, name } = viewer.person;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Crumbs items={[{ label: "Reviews", href: "/reviews" }, { label: panel.review.decision.action.title }]} />
      <ReviewItem key={id} id={id} viewer={{ id: viewerId, name }} initial={panel} />
    </div>
  );
}
