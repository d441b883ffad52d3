export const metadata = { title: "Few clicks with Next" };

export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
