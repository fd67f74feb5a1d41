"use client";
import { CheckCheck } from "lucide-react";
import { useAction } from "@/components/form/use-action";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { markNotificationsRead } from "../actions";

export function MarkAllRead() {
  const announce = useAnnounce();
  const { run, pending } = useAction(markNotificationsRead, { onSuccess: () => announce("All marked as read") });
  const markAll = () => run({ ids: "all" });
  useHotkeys([{ keys: "shift+e", label: "Mark all as read", group: "Notifications", palette: true, run: markAll }]);
  return (
    <Button variant="secondary" pending={pending} onClick={markAll}>
      <CheckCheck aria-hidden />
      Mark all as read
    </Button>
  );
}
