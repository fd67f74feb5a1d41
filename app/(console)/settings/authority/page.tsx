import { TriangleAlert } from "lucide-react";
import { notFound } from "next/navigation";

import { AuthorityEditor } from "@/app/(console)/settings/authority/_components/authority-editor";
import { Live } from "@/components/live/live";
import { Banner } from "@/components/ui/banner";
import { requireViewer } from "@/lib/auth/session";
import { readAuthoritySettings } from "@/lib/tiers/settings-queries";

export const metadata = { title: "Authority settings" };

export default async function AuthoritySettingsPage() {
  const viewer = await requireViewer("policy.read");
  const view = await readAuthoritySettings(viewer);
  if (view === null) notFound();
  return (
    <>
      <Live topics={["configuration"]} />
      {view.fault !== null && (
        <Banner
          tone="deny"
          icon={<TriangleAlert aria-hidden />}
          title="The stored settings cannot be read, so every decision is a deny."
        >
          {view.fault}. What is shown are the built-in ones: saving them ends this.
        </Banner>
      )}
      {/* A change by somebody else begins the page anew: what was not saved rests on what is gone. */}
      <AuthorityEditor key={view.basis} stored={view.settings} basis={view.basis} mayEdit={view.mayEdit} />
    </>
  );
}
