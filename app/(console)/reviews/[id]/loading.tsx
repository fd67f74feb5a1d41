import { PanelSkeleton } from "../../inbox/_panel/panel-skeleton";

export default function Loading() {
  return <PanelSkeleton />;
}
