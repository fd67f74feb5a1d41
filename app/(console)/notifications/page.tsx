import { BellOff, Settings2 } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { countUnread, listNotifications, PAGE_SIZE } from "@/lib/notify/queries";
import { MarkAllRead } from "./_components/mark-all-read";
import { NotificationList } from "./_components/notification-list";
import { Pages } from "./_components/pages";
import { ShowTabs } from "./_components/show-tabs";
import { loadNotificationsParams } from "./search-params";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, { show, page: asked }] = await Promise.all([requireViewer(), loadNotificationsParams(searchParams)]);
  const page = Math.min(10_000, Math.max(1, asked));
  const [{ rows, total }, unread] = await Promise.all([
    listNotifications(viewer, { unread: show === "unread", page }),
    countUnread(viewer),
  ]);
  return (
    <Page layout="narrow">
      <Crumbs items={[{ label: "Notifications" }]} />
      <Live topics={[`inbox:${viewer.person.id}`]} />
      <PageHeader
        title="Notifications"
        description="What waits for you, and what happened to what is yours."
        actions={
          <>
            {unread > 0 && <MarkAllRead />}
            <Button asChild variant="secondary">
              <Link href="/people/me/notifications">
                <Settings2 aria-hidden />
                Preferences
              </Link>
            </Button>
          </>
        }
      />
      <ShowTabs show={show} unread={unread} />
      {rows.length === 0 ? (
        <EmptyState
          icon={BellOff}
          title={
            page > 1 ? "Nothing on this page" : show === "unread" ? "You have read everything" : "No notifications yet"
          }
          description="Approvals, appeals, incidents and reports that concern you appear here as they come."
        />
      ) : (
        <Card className="overflow-hidden">
          <NotificationList rows={rows} />
          <Pages show={show} page={page} pages={Math.ceil(total / PAGE_SIZE)} />
        </Card>
      )}
    </Page>
  );
}
