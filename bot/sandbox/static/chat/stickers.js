// A few stickers, drawn here: a face on a disc, 512 x 512 WebP as Telegram wants them.

import { base64 } from "../core/api.js";

export const STICKERS = [
  { emoji: "🙂", disc: "#f6c945", mouth: 0.9 },
  { emoji: "😢", disc: "#7db7e8", mouth: -0.8 },
  { emoji: "😮", disc: "#f2a65a", mouth: 0 },
  { emoji: "💚", disc: "#63b98b", mouth: 0.6 },
];

const SIDE = 512;

export function drawSticker(sticker) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const pen = canvas.getContext("2d");
  const dot = (x, y, radius) => {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  };
  pen.fillStyle = sticker.disc;
  dot(256, 256, 236);
  pen.fillStyle = pen.strokeStyle = "#33291a";
  dot(176, 212, 30);
  dot(336, 212, 30);
  pen.lineWidth = 26;
  pen.lineCap = "round";
  if (sticker.mouth === 0) {
    dot(256, 350, 44);
    return canvas;
  }
  pen.beginPath();
  pen.moveTo(160, 340 - 30 * sticker.mouth);
  pen.quadraticCurveTo(256, 340 + 90 * sticker.mouth, 352, 340 - 30 * sticker.mouth);
  pen.stroke();
  return canvas;
}

export async function stickerFile(sticker) {
  const blob = await new Promise((resolve) => drawSticker(sticker).toBlob(resolve, "image/webp", 0.8));
  return { data: await base64(blob), mime_type: "image/webp", emoji: sticker.emoji };
}
