// How the page is built and served while it is being written. The server calls Vite with this file when dist/ is old.
import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm start` listens; the page under `npm run dev` sends its questions there. */
const SERVER = `http://127.0.0.1:${process.env.PORT ?? "8080"}`;

export default defineConfig({
	root: path.resolve(import.meta.dirname, "client"),
	plugins: [react()],
	// Chrome 109 is the last one for Windows 7, which still stands in control rooms.
	build: {
		target: "chrome109",
		// Never data: addresses: the page's content policy lets fonts come from our own origin only.
		assetsInlineLimit: 0,
		outDir: path.resolve(import.meta.dirname, "dist"),
		emptyOutDir: true,
		sourcemap: false,
		chunkSizeWarningLimit: 2000,
		// A chunk runs after those it imports, so being the page's first import is not being first: with zod in one chunk it is set
		// before any schema is made, wherever that stands.
		rolldownOptions: {
			output: { codeSplitting: { groups: [{ name: "zod", test: /node_modules[\\/]zod[\\/]|client[\\/]no_eval/ }] } },
		},
	},
	worker: { format: "es" },
	server: {
		port: 5173,
		strictPort: true,
		// The page lies in client/ and shares geodata/; the data folder beside them is nobody's to fetch.
		fs: { allow: ["client", "geodata", "node_modules"].map((name) => path.resolve(import.meta.dirname, name)) },
		proxy: {
			"/api": SERVER,
			"/map": SERVER,
			"/tiles": SERVER,
			"/ogc": SERVER,
			"/healthz": SERVER,
			"/readyz": SERVER,
			"/socket.io": { target: SERVER, ws: true },
		},
	},
});
