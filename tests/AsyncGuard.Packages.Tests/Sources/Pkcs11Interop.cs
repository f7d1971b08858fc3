using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

class Uses
{
    static async Task Directly(Pkcs11InteropFactories factories, ISlot slot, IMechanism mechanism, IObjectHandle key, byte[] data)
    {
        using var library = factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, "p11.so", AppType.MultiThreaded); //! AGD0104
        using var session = slot.OpenSession(SessionType.ReadOnly); //! AGD0104
        session.Login(CKU.CKU_USER, "1234"); //! AGD0104
        var found = session.FindAllObjects(new List<IObjectAttribute>()); //! AGD0104
        var signature = session.Sign(mechanism, key, data); //! AGD0104
        library.WaitForSlotEvent(WaitType.Blocking, out var occurred, out var id); //! AGD0104
        var number = slot.SlotId;
        await Task.Yield();
    }

    static async Task Through(ISession session, IMechanism mechanism, IObjectHandle key, byte[] data)
    {
        Sign(session, mechanism, key, data); //! AGD0105
        await Task.Yield();
    }

    static byte[] Sign(ISession session, IMechanism mechanism, IObjectHandle key, byte[] data) => session.Sign(mechanism, key, data);
}
