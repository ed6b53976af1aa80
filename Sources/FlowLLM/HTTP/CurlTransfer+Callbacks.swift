import CCurl

extension CurlTransfer {
  /// Takes a piece of the body; what it returns is how much it took, and less than all ends the transfer.
  static let receiveBody: flow_data_function = { data, size, count, context in
    guard let data, let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
    // Counted here because libcurl's own limit looks at a declared length only.
    guard bytes.count <= transfer.request.maxResponseBytes - transfer.body.count else {
      transfer.isBodyTooLarge = true
      return 0
    }
    transfer.body.append(contentsOf: bytes)
    return bytes.count
  }

  /// Takes a line of the head, with its end.
  static let receiveHeader: flow_data_function = { data, size, count, context in
    guard let data, let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: data, count: size * count)
    guard transfer.head.add(line) else {
      transfer.isHeadTooLarge = true
      return 0
    }
    return line.count
  }

  /// Gives a piece of the request's body.
  static let sendBody: flow_data_function = { data, size, count, context in
    guard let data, let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let rest = transfer.request.body.count - transfer.uploaded
    let taken = min(rest, size * count)
    transfer.request.body.withUnsafeBytes { body in
      UnsafeMutableRawBufferPointer(start: data, count: taken)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: body[transfer.uploaded...].prefix(taken)))
    }
    transfer.uploaded += taken
    return taken
  }
}
