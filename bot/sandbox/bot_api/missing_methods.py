"""The Bot API's methods that the sandbox does not have, so that it can say so.

All methods of Bot API 10.3 that are not registered; a name that is neither there nor here is no
method at all.
"""

from __future__ import annotations

_NAMES = (
        "addStickerToSet", "answerChatJoinRequestQuery", "answerGuestQuery", "answerInlineQuery",
        "answerPreCheckoutQuery", "answerShippingQuery", "answerWebAppQuery",
        "approveChatJoinRequest", "approveSuggestedPost", "banChatSenderChat",
        "convertGiftToStars", "createChatSubscriptionInviteLink", "createInvoiceLink",
        "createNewStickerSet", "declineChatJoinRequest", "declineSuggestedPost",
        "deleteAllMessageReactions", "deleteBusinessMessages", "deleteChatPhoto",
        "deleteChatStickerSet", "deleteEphemeralMessage", "deleteMessageReaction",
        "deleteStickerFromSet", "deleteStickerSet", "deleteStory",
        "editChatSubscriptionInviteLink", "editEphemeralMessageCaption",
        "editEphemeralMessageMedia", "editEphemeralMessageReplyMarkup", "editEphemeralMessageText",
        "editMessageChecklist", "editStory", "editUserStarSubscription", "getAvailableGifts",
        "getBusinessAccountGifts", "getBusinessAccountStarBalance", "getBusinessConnection",
        "getChatGifts", "getCustomEmojiStickers", "getGameHighScores",
        "getManagedBotAccessSettings", "getManagedBotToken", "getMyStarBalance",
        "getStarTransactions", "getStickerSet", "getUserChatBoosts", "getUserGifts",
        "getUserPersonalChatMessages", "getUserProfileAudios", "giftPremiumSubscription",
        "postStory", "readBusinessMessage", "refundStarPayment",
        "removeBusinessAccountProfilePhoto", "removeChatVerification", "removeMyProfilePhoto",
        "removeUserVerification", "replaceManagedBotToken", "replaceStickerInSet", "repostStory",
        "savePreparedInlineMessage", "savePreparedKeyboardButton", "sendChatJoinRequestWebApp",
        "sendChecklist", "sendGame", "sendGift", "sendInvoice", "sendLivePhoto",
        "sendMessageDraft", "sendPaidMedia", "sendPoll", "sendRichMessage", "sendRichMessageDraft",
        "setBusinessAccountBio", "setBusinessAccountGiftSettings", "setBusinessAccountName",
        "setBusinessAccountProfilePhoto", "setBusinessAccountUsername", "setChatPhoto",
        "setChatStickerSet", "setCustomEmojiStickerSetThumbnail", "setGameScore",
        "setManagedBotAccessSettings", "setMyProfilePhoto", "setPassportDataErrors",
        "setStickerEmojiList", "setStickerKeywords", "setStickerMaskPosition",
        "setStickerPositionInSet", "setStickerSetThumbnail", "setStickerSetTitle",
        "setUserEmojiStatus", "stopPoll", "transferBusinessAccountStars", "transferGift",
        "unbanChatSenderChat", "upgradeGift", "uploadStickerFile", "verifyChat", "verifyUser",
)  # fmt: skip

MISSING = {name.lower(): name for name in _NAMES}
"""The names as the Bot API writes them, by lower-case name."""
