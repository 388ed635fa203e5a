package dev.browserpool.examples.shop;

/** The shop would not do what its customer wanted. */
public sealed class ShopException extends RuntimeException permits ConfirmationNeededException {
    private static final long serialVersionUID = 1L;

    ShopException(String message) {
        super(message);
    }

    ShopException(String message, Throwable cause) {
        super(message, cause);
    }
}
